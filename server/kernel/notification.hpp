// What people are told of: an event, whom it concerns, whether they also get it by mail. It is said
// with "notification.<kind>" of words.json ("….many" for several at once, "….choice" as what people
// choose it by); {actor}, {title}, {count}, {plural} and what `tells` gives stand in for their
// parameters. Declared at start by App::notify (decision 0151).
#pragma once

#include <string>
#include <vector>

#include "kernel/events.hpp"
#include "kernel/json.hpp"

namespace ponte {

class Services;

struct Notification {
    using Whom = std::vector<Id> (*)(const Services&, const Event&);
    using Facts = Json (*)(const Event&);

    std::string event;  // a pattern, as of listeners
    std::string kind;   // "proposal.accepted": for ever, people's choices are kept under it
    Whom whom = nullptr;
    std::string right;  // without `whom`: everybody who holds all of it
    Facts facts = nullptr;
    bool is_for_doer = false, is_mailed = false, is_gathered = false;

    // Those of it who may do this with every record: "webhooks.update".
    Notification& to_holders_of(std::string right_) {
        right = std::move(right_);
        return *this;
    }
    // Whoever did it is told, too: what somebody waits for.
    Notification& also_to_doer() {
        is_for_doer = true;
        return *this;
    }
    // In the daily mail, as long as somebody does not choose otherwise.
    Notification& mailed() {
        is_mailed = true;
        return *this;
    }
    // As long as it is unread, more of it by the same person becomes one with it, whatever record
    // each is about; without this only what is about the same record does.
    Notification& gathered() {
        is_gathered = true;
        return *this;
    }
    Notification& tells(Facts facts_) {
        facts = facts_;
        return *this;
    }
};

// Whose the record is.
std::vector<Id> owner_of_event(const Services&, const Event& event);

}  // namespace ponte
