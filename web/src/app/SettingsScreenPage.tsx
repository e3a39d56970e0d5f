import { PageMissing } from './PageStates';
import { settingsAt } from './screens';

/** The page of the settings that some module brought along. */
export function SettingsScreenPage({ path }: { path: string }) {
  const Page = settingsAt(path)?.page;
  return Page ? <Page /> : <PageMissing />;
}
