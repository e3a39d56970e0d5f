import { useTranslation } from 'react-i18next';

interface FromToProps {
  from: string;
  to: string;
  before?: string;
  after?: string;
}

/** A change in words: from this to that, also for who hears it. `before` and `after` are classes. */
export function FromTo({ from, to, before, after }: FromToProps) {
  const { t } = useTranslation();
  return (
    <>
      <span className="srOnly">{t('records.history.from')}</span>
      <del className={before}>{from}</del>
      <span aria-hidden> → </span>
      <span className="srOnly">{t('records.history.to')}</span>
      <ins className={after}>{to}</ins>
    </>
  );
}
