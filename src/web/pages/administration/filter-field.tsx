/** A choice of one kind, or of all. */
interface FilterFieldProps {
  readonly id: string;
  readonly label: string;
  /** What the choice of all is called. */
  readonly all: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly value: string;
  change(value: string): void;
}

export function FilterField(props: FilterFieldProps) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <select
        id={props.id}
        class="input"
        value={props.value}
        onChange={(event) => props.change(event.currentTarget.value)}
      >
        <option value="">{props.all}</option>
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
