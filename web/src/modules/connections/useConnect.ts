import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { toast } from '@/ui/toast';
import { integrationAt } from './addresses';
import { catalogueKey, createConnection, wayOf } from './queries';

/** Sends the browser to the provider, which sends it back. */
export function useConnect() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const connect = async (id: string) => {
    setBusy(true);
    try {
      const { url } = await wayOf(id);
      window.location.assign(url);
    } catch (error) {
      setBusy(false);
      toast.fail(error);
    }
  };
  const connectNew = async (integration: string) => {
    setBusy(true);
    try {
      const { id } = await createConnection({ integration });
      await client.invalidateQueries({ queryKey: keys.lists('connection') });
      await client.invalidateQueries({ queryKey: catalogueKey });
      const { url } = await wayOf(id);
      window.location.assign(url);
    } catch (error) {
      setBusy(false);
      const problem = asApiError(error);
      toast.fail(problem);
      // What is missing is filled in beside the connection, which is there by now.
      if (problem.code === 'connection.no_client') void navigate(integrationAt(integration));
    }
  };
  return { busy, connect, connectNew };
}
