// The outbox: every mail that was written, and what became of it.
#pragma once

#include "kernel/app.hpp"

namespace ponte::mail {

extern const Entity mail_entity;

void declare(App& app);  // its entity, settings and job

}  // namespace ponte::mail
