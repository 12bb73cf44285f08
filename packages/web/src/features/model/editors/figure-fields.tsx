import { Select } from '../../../ui/select.tsx';
import { titleFromKey } from '../../blueprints/title-from-key.ts';
import { type Draft, roomOf } from '../draft/draft.ts';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import {
  type Figure,
  type FigureDetails,
  figures,
  needsPeriod,
  needsProperty,
  periods,
} from './aggregation-figures.ts';
import { useLookup } from './use-lookup.ts';

interface FigureFieldsProps {
  draft: Draft;
  target: string;
  details: FigureDetails;
  onChange: (details: FigureDetails) => void;
  isChecked: boolean;
}

/** Which figure, of which property, per which period. */
export function FigureFields({ draft, target, details, onChange, isChecked }: FigureFieldsProps) {
  const aggregated = useLookup(draft)(target);
  const isMissing = isChecked && needsProperty(details.figure) && !details.property;
  return (
    <>
      <div className={styles.pair}>
        <Select
          label={messages.aggregateOf}
          options={figures.map((figure) => ({ value: figure, label: messages.functions[figure] }))}
          searchable={false}
          value={details.figure}
          onChange={(figure) => figure && onChange({ ...details, figure: figure as Figure })}
        />
        {needsProperty(details.figure) && (
          <Select
            label={messages.aggregatedProperty}
            required
            options={propertiesOf(aggregated, (type) => type === 'number')}
            value={details.property ?? null}
            onChange={(property) => onChange({ ...details, property: property ?? undefined })}
            error={isMissing ? messages.chooseProperty : undefined}
          />
        )}
      </div>
      {needsPeriod(details.figure) && (
        <div className={styles.pair}>
          <Select
            label={messages.averageOf}
            options={periods.map((period) => ({ value: period, label: messages.periods[period] }))}
            value={details.averageOf ?? 'total'}
            onChange={(averageOf) => onChange({ ...details, averageOf: averageOf ?? undefined })}
          />
          <Select
            label={messages.measureTimeBy}
            clearable
            placeholder={messages.created}
            options={[
              { value: '$createdAt', label: messages.createdAt },
              { value: '$updatedAt', label: messages.updatedAt },
              ...propertiesOf(aggregated, (_, format) => format === 'date-time'),
            ]}
            value={details.measureTimeBy ?? null}
            onChange={(measureTimeBy) => onChange({ ...details, measureTimeBy: measureTimeBy ?? undefined })}
          />
        </div>
      )}
    </>
  );
}

function propertiesOf(draft: Draft | undefined, fits: (type: string, format: string | undefined) => boolean) {
  if (!draft) return [];
  const all = [
    ...Object.entries(roomOf(draft, 'properties')),
    ...Object.entries(roomOf(draft, 'calculationProperties')),
  ];
  return all
    .filter(([, { type, format }]) => fits(type, format))
    .map(([key, { title }]) => ({ value: key, label: title || titleFromKey(key) }));
}
