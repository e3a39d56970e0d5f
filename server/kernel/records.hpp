// Records as modules see them; the rooms of the kernel know more of each other than this. What a
// route of its own needs: the input checked (input.hpp), a record locked and changed with its event
// (write.hpp), answers (shown.hpp, record.hpp), and the condition of who may see what (reach.hpp).
#pragma once

#include "kernel/entities/catalogue.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/reach.hpp"
#include "kernel/records/record.hpp"
#include "kernel/records/shown.hpp"
#include "kernel/records/title_ids.hpp"
#include "kernel/records/told.hpp"
#include "kernel/records/write.hpp"
#include "kernel/services.hpp"
