import { lazy, Suspense } from 'react';
import { Skeleton } from '../../../ui/states.tsx';
import type { RuleFormProps } from './rule-form.tsx';

const RuleForm = lazy(async () => ({ default: (await import('./rule-form.tsx')).RuleForm }));

/** The form of a rule, loaded when first opened: rows come before ways to filter them. */
export function LazyRuleForm(props: RuleFormProps) {
  return (
    <Suspense fallback={<Skeleton lines={3} height={32} />}>
      <RuleForm {...props} />
    </Suspense>
  );
}
