import { useTranslation } from 'react-i18next';
import { typeOf } from './fields';
import type { ShownProps } from './fields/type';
import { fieldText } from './fieldText';

/** A value as it is looked at, whatever its type. */
export function FieldValue(props: ShownProps) {
  const { field, value } = props;
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return null;
  const { Shown } = typeOf(field);
  return Shown ? <Shown {...props} /> : <span className="num">{fieldText(t, field, value)}</span>;
}
