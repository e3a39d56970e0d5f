import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import { dateTime, num } from '@/lib/format';
import { CopyButton } from '@/ui/CopyButton';
import styles from './Audit.module.css';
import { auditChainQuery } from './queries';

/** How far the audit can be relied on, and what to keep of it elsewhere. */
export function AuditChain() {
  const { t } = useTranslation();
  const { data: chain } = useQuery(auditChainQuery);
  if (!chain) return null;
  return (
    <section className={styles.chain} data-hue={chain.fault ? 'red' : undefined}>
      <p role={chain.fault ? 'alert' : undefined}>
        <State chain={chain} />
      </p>
      {chain.anchor && (
        <div className={styles.anchor}>
          <p className={styles.quiet}>{t('settings.audit.chain.anchorText')}</p>
          <CopyButton text={chain.anchor} label={t('settings.audit.chain.anchor')} />
        </div>
      )}
    </section>
  );
}

function State({ chain }: { chain: Schema<'AuditChain'> }) {
  const { t } = useTranslation();
  const { number, fault, faultNumber, verifiedAt, verifiedNumber } = chain;
  if (fault) return t('settings.audit.chain.fault', { number: num(faultNumber), fault });
  if (number === 0) return t('settings.audit.chain.none');
  if (!verifiedAt) return t('settings.audit.chain.waiting', { number: num(number) });
  const when = dateTime(verifiedAt);
  return t('settings.audit.chain.verified', { number: num(verifiedNumber), when });
}
