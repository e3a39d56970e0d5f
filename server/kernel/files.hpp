// Files as modules see them: how one is taken for what is no record of an entity.
#pragma once

#include "kernel/files/taking.hpp"
