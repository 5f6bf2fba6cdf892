/** The API's operations on address books, calendars and the cards in them. */
import type { CardDetail, CardPage, CardQuery } from '../../api/contract/cards.ts';
import type {
  CollectionChangeRequest,
  CollectionList,
  CollectionView,
  ImportQuery,
  ImportReport,
  NewCollectionRequest,
} from '../../api/contract/collections.ts';
import type { RestorePlan, RestoreRequest } from '../../api/contract/history.ts';
import type { Done } from '../../api/contract/words.ts';
import { apiUrl, changeHeaders, readAnswer, request, UnreachableError } from './request.ts';

export const listCollections = () => request<CollectionList>('GET', '/collections');

export const createCollection = (body: NewCollectionRequest) =>
  request<CollectionView>('POST', '/collections', { body });

export const changeCollection = (id: string, body: CollectionChangeRequest) =>
  request<CollectionView>('PATCH', `/collections/${id}`, { body });

export const deleteCollection = (id: string) => request<Done>('DELETE', `/collections/${id}`);

export const restoreCollection = (id: string, body: RestoreRequest) =>
  request<RestorePlan>('POST', `/collections/${id}/restore`, { body });

export const exportUrl = (id: string) => apiUrl(`/collections/${id}/export`);

export const listCards = (query: CardQuery, signal: AbortSignal) =>
  request<CardPage>('GET', '/cards', { query: query as Record<string, string>, signal });

export const showCard = (id: string, signal: AbortSignal) =>
  request<CardDetail>('GET', `/cards/${encodeURIComponent(id)}`, { signal });

export const photoUrl = (cardId: string, etag: string) => apiUrl(`/cards/${cardId}/photo`, { v: etag });

/**
 * Sends `file` into a collection; `heard` gets the report so far after each batch. Gives the last report.
 * @throws RefusedError, UnreachableError: also when the connection ended before the last report.
 */
export async function importFile(
  id: string,
  file: File,
  policy: NonNullable<ImportQuery['policy']>,
  heard: (report: ImportReport) => void,
): Promise<ImportReport> {
  const response = await fetch(apiUrl(`/collections/${id}/import`, { policy }), {
    method: 'POST',
    headers: { ...changeHeaders(), Accept: 'application/x-ndjson', 'Content-Type': mediaTypeOf(file.name) },
    credentials: 'same-origin',
    body: file,
  }).catch((fault: unknown) => {
    throw new UnreachableError(fault);
  });
  if (!response.ok || !response.headers.get('Content-Type')?.includes('ndjson')) {
    return (await readAnswer(response)) as ImportReport;
  }
  let last: ImportReport | null = null;
  for await (const line of linesOf(response)) {
    last = JSON.parse(line) as ImportReport;
    heard(last);
  }
  if (last === null || !last.finished) throw new UnreachableError('the import report ended early');
  return last;
}

function mediaTypeOf(fileName: string): string {
  return /\.(ics|ical|ifb|icalendar)$/i.test(fileName) ? 'text/calendar' : 'text/vcard';
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch((fault: unknown) => {
      throw new UnreachableError(fault);
    });
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    yield* lines.filter((line) => line.trim() !== '');
    if (done) return;
  }
}
