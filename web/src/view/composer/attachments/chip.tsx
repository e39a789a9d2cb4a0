import { createMemo, Show } from 'solid-js';
import { filesWords } from '../../../i18n/files/words';
import { errorWords } from '../../../i18n/language';
import { useApp } from '../../context';
import { CloseIcon } from '../../icons';
import { focusComposer } from '../focus';
import { Thumbnail } from './thumbnail';

/** One file on its way: what it is, how far it is, and how to give it up. */
export function Chip(props: { of: string }) {
  const { client, dates, language, t, uploads } = useApp();
  const words = () => filesWords[language()];
  const upload = createMemo<ReturnType<typeof uploads.all>[number] | undefined>(() => uploads.all().find(({ key }) => key === props.of));
  const about = () => {
    const { state, code, progress, size } = upload()!;
    if (state === 'failed') return why(code ?? 'unknown');
    return state === 'sending' ? words().sending(progress) : dates().size(size);
  };
  const why = (code: string) => {
    if (code === 'file_too_large' || code === 'request_too_large') return words().tooLarge(dates().size(client.workspace.limits().file ?? 0));
    return code === 'unreadable' ? words().unreadable : code === 'too_many' ? words().quota : errorWords(t(), code);
  };
  const remove = () => {
    uploads.remove(props.of);
    focusComposer();
  };
  return (
    <Show when={upload()}>
      {(upload) => (
        <li class="file-chip" classList={{ [upload().state]: true }} data-testid="file-chip" data-state={upload().state}>
          <Thumbnail source={upload().source} />
          <div class="file-about">
            <span class="file-name" title={upload().name}>{upload().name}</span>
            <small role={upload().state === 'failed' ? 'alert' : undefined}>{about()}
              <Show when={upload().state === 'failed' && upload().code !== 'file_too_large'}>
                {' '}<button class="link" type="button" data-testid="file-retry" onClick={() => uploads.retry(props.of)}>{words().retry}</button>
              </Show>
            </small>
            <Show when={upload().state === 'sending'}>
              <progress max="1" value={upload().progress} aria-label={words().progress(upload().name)} />
            </Show>
          </div>
          <button class="icon-button" type="button" data-testid="file-remove" aria-label={words().remove(upload().name)} title={words().remove(upload().name)}
            onClick={remove}><CloseIcon /></button>
        </li>
      )}
    </Show>
  );
}
