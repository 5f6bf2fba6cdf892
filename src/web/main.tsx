/** Starts the page: picks the language, then draws. */
import { render } from 'preact';
import { App } from './app.tsx';
import { chooseLanguage, speak } from './messages/say.ts';
import { preference } from './preferences.ts';

const language = chooseLanguage([preference('language') ?? '', ...navigator.languages]);
await speak(language, navigator.languages);
document.documentElement.lang = language;
render(<App />, document.getElementById('page')!);
