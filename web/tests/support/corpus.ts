import file from '../../../tests/corpus/minato.v1.json';

type Frames = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The example frames that the server's tests read, too. */
export const corpus: { readonly client: Frames; readonly server: Frames } = file;
