import { isHue } from '@/lib/hues';
import { StatusTag } from '@/ui/StatusTag';
import type { ShownProps } from './type';

/** A declared option: in its colour, if it has one. */
export function OptionShown({ field, value }: ShownProps) {
  const option = field.options?.find((one) => one.value === value);
  if (!isHue(option?.color)) return <span className="num">{option?.label ?? String(value)}</span>;
  return <StatusTag value={String(value)} label={option.label} color={option.color} />;
}
