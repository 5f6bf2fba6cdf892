/** The page's language, kept in this browser. */
import { LANGUAGES, type Language, say, spokenLanguage } from '../messages/say.ts';
import { changeLanguage } from './wording.ts';

/** Languages by their own names, so that everybody finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  it: 'Italiano',
};

export function LanguageChoice() {
  return (
    <div class="language-choice">
      <label class="visually-hidden" for="language">
        {say('language')}
      </label>
      <select
        id="language"
        class="input"
        value={spokenLanguage()}
        onChange={(event) => void changeLanguage(event.currentTarget.value as Language)}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
    </div>
  );
}
