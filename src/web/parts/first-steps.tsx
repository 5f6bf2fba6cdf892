/** What to do where no card is yet: bring some in. */
import { say } from '../messages/say.ts';
import { routeHref } from '../router.ts';
import { Icon } from './icon.tsx';

export function FirstSteps() {
  return (
    <div class="empty">
      <Icon name="people" />
      <h2>{say('first.title')}</h2>
      <p class="muted">{say('first.explain')}</p>
      <a class="button button-main" href={routeHref({ page: 'set-up' })}>
        <Icon name="device" />
        {say('first.device')}
      </a>
      <a class="button" href={routeHref({ page: 'books' })}>
        <Icon name="import" />
        {say('first.import')}
      </a>
    </div>
  );
}
