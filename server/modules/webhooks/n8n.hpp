// n8n and its like: they are told by webhooks and ask with an API key.
#pragma once

#include "kernel/integration.hpp"

namespace ponte::webhooks {

extern const Integration n8n;

}  // namespace ponte::webhooks
