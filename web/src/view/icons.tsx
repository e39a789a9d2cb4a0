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
export const InviteIcon = () => (
  <Icon><circle cx="8" cy="7" r="2.8" /><path d="M3 16c.3-3 2.3-4.6 5-4.6s4.7 1.6 5 4.6M15.5 6v5M13 8.5h5" /></Icon>
);
export const SendIcon = () => <Icon><path d="M3.5 10 16.5 4l-4 12.5-3-5.5zM9.5 11l3-3" /></Icon>;
export const CloseIcon = () => <Icon><path d="m5.5 5.5 9 9M14.5 5.5l-9 9" /></Icon>;
export const DownIcon = () => <Icon><path d="M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5" /></Icon>;
export const GearIcon = () => (
  <Icon><path d="M3 6h7M14.5 6H17M3 14h2.5M10 14h7" /><circle cx="12.2" cy="6" r="2" /><circle cx="7.8" cy="14" r="2" /></Icon>
);
export const AnchorIcon = () => (
  <Icon><circle cx="10" cy="4.8" r="1.8" /><path d="M10 6.6V16.5M6.8 9.3h6.4M3.8 11.8c.4 2.9 2.9 4.7 6.2 4.7s5.8-1.8 6.2-4.7" /></Icon>
);
export const LockIcon = () => <Icon><rect x="4.5" y="9" width="11" height="7.5" rx="1.6" /><path d="M7 9V6.8a3 3 0 0 1 6 0V9" /></Icon>;
export const MoreIcon = () => <Icon><circle cx="5" cy="10" r=".6" /><circle cx="10" cy="10" r=".6" /><circle cx="15" cy="10" r=".6" /></Icon>;
