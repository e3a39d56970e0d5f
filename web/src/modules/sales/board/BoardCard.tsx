import { Menu } from '@mantine/core';
import { IconArrowRight, IconCalendar } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import { addressOf } from '@/lib/addresses';
import { day } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import { FieldValue } from '@/ui/FieldValue';
import { IconBtn } from '@/ui/IconBtn';
import styles from './Board.module.css';
import { whole } from './money';
import { OPPORTUNITY, type Opportunity, type Stage } from './queries';
import { daysInStage, isLate, isStuck } from './standing';

interface BoardCardProps {
  card: Opportunity;
  /** Where it may be moved by the menu; empty: it may not. */
  others: Stage[];
  onMove: (card: Opportunity, to: Stage) => void;
}

/** Who, what, how much; what comes next; for how long it has stood there, and whose it is. */
export const BoardCard = memo(function BoardCard({ card, others, onMove }: BoardCardProps) {
  const { t } = useTranslation();
  const customer = card.contact?.title ?? '';
  const days = daysInStage(card);
  const stuck = isStuck(card);
  return (
    <>
      <div className={styles.who}>
        <Avatar name={customer} photo={card.contact?.photo} size={20} square />
        <span className={styles.customer}>{customer}</span>
        {others.length > 0 && <MoveMenu {...{ card, others, onMove }} />}
      </div>
      <Link to={addressOf(OPPORTUNITY.name, card.id)} className={styles.title} draggable={false}>
        {card.title}
      </Link>
      <div className={styles.worth}>
        <span className={styles.money}>{whole(card.total)}</span>
        <FirstTag card={card} />
      </div>
      <div className={styles.foot}>
        <NextStep card={card} />
        <span
          className={styles.days}
          data-stuck={stuck || undefined}
          title={t(stuck ? 'sales.board.stuck' : 'sales.board.inStage', { count: days })}
        >
          {t('sales.board.days', { number: days })}
        </span>
        {card.assignedToUser?.title && (
          <span title={card.assignedToUser.title}>
            <Avatar name={card.assignedToUser.title} photo={card.assignedToUser.photo} size={20} />
          </span>
        )}
      </div>
    </>
  );
});

function FirstTag({ card }: { card: Opportunity }) {
  const entity = useMetaEntity(OPPORTUNITY.name);
  const field = entity && fieldsOf(entity).find(({ key }) => key === 'tags');
  const [first] = card.tags ?? [];
  return field && first ? <FieldValue field={field} value={[first]} of={card} /> : null;
}

function NextStep({ card }: { card: Opportunity }) {
  const { t } = useTranslation();
  const { nextStep, nextStepOn, status } = card;
  if (status !== 'open') return <span className={styles.step}>{day(card.closedAt)}</span>;
  if (!nextStepOn && !nextStep) {
    return <span className={styles.step}>{t('sales.board.noStep')}</span>;
  }
  return (
    <span
      className={styles.step}
      data-late={isLate(card) || undefined}
      title={nextStep ?? undefined}
    >
      <IconCalendar size={14} stroke={1.7} aria-hidden />
      {nextStepOn ? day(nextStepOn) : nextStep}
    </span>
  );
}

function MoveMenu({ card, others, onMove }: BoardCardProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconBtn
          label={t('sales.board.moveTo', { title: card.title })}
          tooltip={false}
          className={styles.menu}
        >
          <IconArrowRight size={15} stroke={1.8} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('sales.board.move')}</Menu.Label>
        {others.map((stage) => (
          <Menu.Item
            key={stage.id}
            leftSection={<span className={styles.dot} data-hue={stage.color} />}
            onClick={() => onMove(card, stage)}
          >
            {stage.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
