/** Changing the language while the page is open. */
import { type Language, speak } from '../messages/say.ts';
import { prefer } from '../preferences.ts';
import { sharedState } from './shared-state.ts';

/** Counts language changes: everything is drawn again with the new texts. */
export const wording = sharedState(0);

/** Speaks `language` from now on, also after the next visit of this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  await speak(language, navigator.languages);
  prefer('language', language);
  document.documentElement.lang = language;
  wording.set(wording.get() + 1);
}
