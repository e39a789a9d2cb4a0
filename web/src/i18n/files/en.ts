/** Of files, where they are chosen and looked at. */
export const en = {
  chosen: 'Files of this message',
  sending: (part: number) => `Uploading… ${Math.floor(part * 100)} %`,
  progress: (name: string) => `Upload of ${name}`,
  retry: 'Try again',
  remove: (name: string) => `Take out ${name}`,
  tooLarge: (limit: string) => `Too large: at most ${limit}.`,
  unreadable: 'This file could not be read.',
  quota: 'Your files take up all the space you have here. Delete some first.',
  largePicture: 'This image is too large to be shown here. It can be saved.',
  previous: 'Previous image',
  next: 'Next image',
  position: (at: number, all: number) => `${at} of ${all}`,
};
