import type { JSX } from 'solid-js';

/** Drawn here rather than fetched: a dozen strokes are smaller than any icon font. Beside a label, so hidden from readers. */
function Icon(props: { children: JSX.Element }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{props.children}</svg>
  );
}

export const MenuIcon = () => <Icon><path d="M3.5 6h13M3.5 10h13M3.5 14h13" /></Icon>;
export const PlusIcon = () => <Icon><path d="M10 4.5v11M4.5 10h11" /></Icon>;
export const CompassIcon = () => <Icon><circle cx="10" cy="10" r="7" /><path d="m12.8 7.2-1.7 3.9-3.9 1.7 1.7-3.9z" /></Icon>;
export const PeopleIcon = () => (
  <Icon><circle cx="7.5" cy="7" r="2.8" /><path d="M2.5 16c.3-3 2.3-4.6 5-4.6s4.7 1.6 5 4.6M13 4.6a2.6 2.6 0 0 1 0 4.9M14.5 11.7c1.8.5 2.8 2 3 4.3" /></Icon>
);
export const PersonIcon = () => <Icon><circle cx="10" cy="6.8" r="3" /><path d="M4.5 16.5c.3-3.3 2.5-5 5.5-5s5.2 1.7 5.5 5" /></Icon>;
export const InviteIcon = () => (
  <Icon><circle cx="8" cy="7" r="2.8" /><path d="M3 16c.3-3 2.3-4.6 5-4.6s4.7 1.6 5 4.6M15.5 6v5M13 8.5h5" /></Icon>
);
export const SendIcon = () => <Icon><path d="M3.5 10 16.5 4l-4 12.5-3-5.5zM9.5 11l3-3" /></Icon>;
export const AttachIcon = () => <Icon><path d="m15.8 9.4-6 6a3.7 3.7 0 0 1-5.2-5.2l6.3-6.3a2.5 2.5 0 0 1 3.5 3.5l-6.2 6.2a1.2 1.2 0 0 1-1.7-1.7l5.5-5.5" /></Icon>;
export const FileIcon = () => <Icon><path d="M5.5 3h6l3.5 3.5V17h-9.5zM11.5 3v3.5H15" /></Icon>;
export const SaveIcon = () => <Icon><path d="M10 3.5v9M6 9l4 4 4-4M4 16.5h12" /></Icon>;
export const CloseIcon = () => <Icon><path d="m5.5 5.5 9 9M14.5 5.5l-9 9" /></Icon>;
export const DownIcon = () => <Icon><path d="M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5" /></Icon>;
export const UpIcon = () => <Icon><path d="M10 15.5v-11M5.5 9 10 4.5 14.5 9" /></Icon>;
export const GearIcon = () => (
  <Icon><path d="M3 6h7M14.5 6H17M3 14h2.5M10 14h7" /><circle cx="12.2" cy="6" r="2" /><circle cx="7.8" cy="14" r="2" /></Icon>
);
export const AnchorIcon = () => (
  <Icon><circle cx="10" cy="4.8" r="1.8" /><path d="M10 6.6V16.5M6.8 9.3h6.4M3.8 11.8c.4 2.9 2.9 4.7 6.2 4.7s5.8-1.8 6.2-4.7" /></Icon>
);
export const LockIcon = () => <Icon><rect x="4.5" y="9" width="11" height="7.5" rx="1.6" /><path d="M7 9V6.8a3 3 0 0 1 6 0V9" /></Icon>;
export const SearchIcon = () => <Icon><circle cx="9" cy="9" r="5" /><path d="m12.8 12.8 3.7 3.7" /></Icon>;
export const KeyboardIcon = () => (
  <Icon><rect x="2.5" y="5.5" width="15" height="9.5" rx="1.8" /><path d="M5.6 8.6h.01M8.5 8.6h.01M11.5 8.6h.01M14.4 8.6h.01M6.8 12h6.4" /></Icon>
);
export const ChevronIcon = () => <Icon><path d="m6.5 8 3.5 3.5L13.5 8" /></Icon>;
export const PenIcon = () => <Icon><path d="m4 16 .8-3.6L13 4.2a1.7 1.7 0 0 1 2.6 2.6L7.4 15z" /></Icon>;
export const AtIcon = () => <Icon><circle cx="10" cy="10" r="3" /><path d="M13 7v4.2c0 2.6 3.5 2.3 3.5-1.2a6.5 6.5 0 1 0-2.6 5.2" /></Icon>;
export const SmileIcon = () => <Icon><circle cx="10" cy="10" r="7" /><path d="M7 11.8c.7 1.2 1.7 1.8 3 1.8s2.3-.6 3-1.8M7.6 8v.4M12.4 8v.4" /></Icon>;
export const ReplyIcon = () => <Icon><path d="M8.5 5 4 9.5 8.5 14M4 9.5h7.5c2.6 0 4.5 1.9 4.5 4.5v1.5" /></Icon>;
export const ThreadIcon = () => <Icon><path d="M4 4.5h12v8.6H9.5L6 16v-2.9H4zM7 7.6h6M7 10h4" /></Icon>;
export const EditIcon = () => <Icon><path d="M4 16l.7-3.3L13 4.4l2.6 2.6-8.3 8.3zM11.4 6l2.6 2.6" /></Icon>;
export const CopyIcon = () => <Icon><rect x="7" y="7" width="9" height="9" rx="1.6" /><path d="M4 12.6V5.5A1.5 1.5 0 0 1 5.5 4h7.1" /></Icon>;
export const LinkIcon = () => <Icon><path d="m8.5 11.5 3-3M9.3 6.6l2-2a3 3 0 0 1 4.2 4.2l-2.1 2.1M10.7 13.4l-2 2a3 3 0 0 1-4.2-4.2l2.1-2.1" /></Icon>;
export const PinIcon = () => <Icon><path d="M12.2 3.5 16.5 7.8l-2.6.7-2.6 2.6-.3 3.4-5.5-5.5 3.4-.3 2.6-2.6zM8 12l-4 4" /></Icon>;
export const BinIcon = () => <Icon><path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10M8.5 9v4M11.5 9v4" /></Icon>;
export const FlagIcon = () => <Icon><path d="M5 17V4M5 4.5c3-1.5 6 1.5 10 0v7c-4 1.5-7-1.5-10 0" /></Icon>;
