// What happened with the customers of the demo company, made up before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "modules/customers/sample.hpp"

namespace ponte::customers {

struct DemoNote {
    Id id;
    Time at{};
    Id author;
    std::string body;
    bool is_pinned = false;
};

// A status or an owner that was another one before.
struct DemoChange {
    Time at{};
    Id author;
    std::string field, from, to;  // JSON name
};

struct DemoContact {
    Id id;
    Sample who;
    Time since{};
    Id author, owner;
    std::vector<DemoChange> changes;  // oldest first
    std::vector<DemoNote> notes;
};

// The same company for the same moment and people; about 240 contacts over 14 months, more of them
// lately.
std::vector<DemoContact> demo_story(Time now, const std::vector<Id>& people);

}  // namespace ponte::customers
