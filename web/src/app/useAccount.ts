import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { logout, updateMe } from '@/api/account';
import { keys } from '@/api/keys';
import { closeSession, refreshTokenForLogout } from '@/api/session';
import { setLanguage, type Language } from '@/i18n';
import { preferences, setPreferences, type Preferences } from '@/lib/preferences';
import { toast } from '@/ui/toast';
import { mayLeave } from '@/ui/unsaved';

/** Theme, density and keys at once on the screen; the server remembers them when it can. */
export function useAccount() {
  const client = useQueryClient();
  const navigate = useNavigate();

  const prefer = (change: Partial<Preferences>) => {
    setPreferences(change);
    const { theme, density, hotkeys } = preferences.get();
    updateMe({ preferences: { theme, density, hotkeys } }).catch(() => undefined);
  };

  const speak = async (language: Language) => {
    try {
      await setLanguage(language);
      await updateMe({ language });
    } catch (error) {
      toast.fail(error);
    }
    // The server's words (fields, options, roles) follow the language.
    await client.invalidateQueries({ queryKey: keys.meta });
    await client.invalidateQueries();
  };

  const signOut = async () => {
    if (!(await mayLeave())) return;
    // Even when the server cannot be told, this browser forgets.
    await logout(refreshTokenForLogout()).catch(() => undefined);
    closeSession('anonymous');
    await navigate({ to: '/entrar' });
    client.clear();
  };

  return { prefer, speak, signOut };
}
