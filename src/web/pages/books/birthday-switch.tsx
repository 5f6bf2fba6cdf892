/** The calendar of birthdays: on or off. */
import { useState } from 'preact/hooks';
import { changeAccount } from '../../api/account.ts';
import { say } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { Failure } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { refreshCollections, session } from '../../session.ts';

export function BirthdaySwitch() {
  const account = session.get()?.account;
  const [wanted, setWanted] = useState<boolean | null>(null);
  const { busy, fault, run } = useAction(async (birthdayCalendar: boolean) => {
    setWanted(birthdayCalendar);
    const changed = await changeAccount({ birthdayCalendar }).finally(() => setWanted(null));
    const current = session.get();
    if (current) session.set({ ...current, account: changed });
    await refreshCollections();
    toast(say(birthdayCalendar ? 'birthdays.on' : 'birthdays.off'));
  });
  return (
    <div class="stack tight">
      <label class="check check-top">
        <input
          type="checkbox"
          checked={wanted ?? account?.birthdayCalendar ?? false}
          disabled={busy}
          onChange={(event) => void run(event.currentTarget.checked)}
        />
        <span>
          {say('birthdays.title')}
          <span class="field-hint">{say('birthdays.explain')}</span>
        </span>
      </label>
      {fault !== null && <Failure fault={fault} />}
    </div>
  );
}
