/** Starts the page: picks the language, then draws. */
import { render } from 'preact';
import { showSession } from './api/account.ts';
import { App } from './app.tsx';
import { chooseLanguage, speak } from './messages/say.ts';
import { preference } from './preferences.ts';

// Asked for while the words are on their way: the page needs both.
const session = showSession();
// who waits for it hears of a failure
session.catch(() => {});
const language = chooseLanguage([preference('language') ?? '', ...navigator.languages]);
await speak(language, navigator.languages);
document.documentElement.lang = language;
render(<App first={session} />, document.getElementById('page')!);
