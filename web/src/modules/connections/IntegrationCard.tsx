import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { ago } from '@/lib/format';
import type { Target } from '@/lib/addresses';
import { Tag } from '@/ui/Tag';
import { integrationAt } from './addresses';
import styles from './Connections.module.css';
import { IntegrationIcon } from './IntegrationIcon';
import type { Card } from './queries';
import { HUE_OF_STAGE, HUE_OF_STATE, problemText } from './states';

/** Screens of ours on which an integration is set up that needs no account. */
const PLACES: Record<string, Target> = {
  mail: { to: '/config/email' },
  webhooks: { to: '/config/webhooks' },
};

export function IntegrationCard({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { name, label, text, stage, type, setUp, state } = card;
  return (
    <article className={styles.card} aria-label={label}>
      <header className={styles.head}>
        <span className={styles.tile}>
          <IntegrationIcon name={name} size={20} />
        </span>
        <div>
          <h2 className={styles.name}>{label}</h2>
          <p className={styles.kind}>
            {t(`connections.type.${type}`)} · {t(`connections.setUp.${setUp}`)}
          </p>
        </div>
        <Tag hue={HUE_OF_STAGE[stage]}>{t(`connections.stage.${stage}`)}</Tag>
      </header>
      <p className={styles.about}>{text}</p>
      <footer className={styles.foot}>
        {state !== 'planned' && (
          <Tag dot hue={HUE_OF_STATE[state]}>
            {t(`connections.state.${state}`)}
          </Tag>
        )}
        <Facts card={card} />
        <Way card={card} />
      </footer>
    </article>
  );
}

function Facts({ card: { state, detail, connections, problem, checkedAt } }: { card: Card }) {
  const { t } = useTranslation();
  const facts = [
    detail,
    connections > 0 && t('connections.count', { count: connections }),
    state === 'connected' && checkedAt && t('connections.checked', { when: ago(checkedAt) }),
  ].filter(Boolean);
  return (
    <div className={styles.facts}>
      {facts.length > 0 && <span>{facts.join(' · ')}</span>}
      {state === 'needs_attention' && (
        <span className={styles.problem}>{problemText(t, problem)}</span>
      )}
    </div>
  );
}

/** What to do next with it; what is planned has nothing yet. */
function Way({ card }: { card: Card }) {
  const { t } = useTranslation();
  const may = useCan();
  const place = card.place ? PLACES[card.place] : undefined;
  const target = place ?? (card.canConnect ? integrationAt(card.name) : undefined);
  if (!target) return null;
  const mayConnect = card.connections === 0 && may('connection', 'create');
  const verb = place ? 'setUpThere' : mayConnect ? 'connect' : 'manage';
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t(`connections.verbOf.${verb}`, { name: card.label })}
      renderRoot={(props) => <Link {...target} {...props} />}
    >
      {t(`connections.verb.${verb}`)}
    </Button>
  );
}
