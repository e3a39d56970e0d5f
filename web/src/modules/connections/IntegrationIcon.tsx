import {
  IconBrandAws,
  IconBrandGoogle,
  IconBrandOpenai,
  IconBrandSlack,
  IconBrandStripe,
  IconBrandWhatsapp,
  IconCloud,
  IconDatabase,
  IconMail,
  IconPlugConnected,
  IconSend,
  IconTopologyStar3,
  type Icon,
} from '@tabler/icons-react';

const ICONS: Record<string, Icon> = {
  google: IconBrandGoogle,
  n8n: IconTopologyStar3,
  postgresql: IconDatabase,
  smtp: IconMail,
  sendgrid: IconSend,
  whatsapp: IconBrandWhatsapp,
  openai: IconBrandOpenai,
  stripe: IconBrandStripe,
  slack: IconBrandSlack,
  aws_s3: IconBrandAws,
  salesforce: IconCloud,
};

/** What an integration is known by at a glance. */
export function IntegrationIcon({ name, size }: { name: string; size: number }) {
  const Picture = ICONS[name] ?? IconPlugConnected;
  return <Picture size={size} stroke={1.7} aria-hidden />;
}
