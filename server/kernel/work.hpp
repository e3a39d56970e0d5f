// Long work as modules see it: a class with `step` and a WorkKind, declared at start
// (work::declare), begun where it is asked for (work::start).
#pragma once

#include "kernel/work/operation.hpp"
#include "kernel/work/work.hpp"
