// The log names labels by their titles, as people read it. Whoever takes a change back means the
// labels themselves, whatever they are called by now.
#pragma once

#include <string>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

class Renamed {
public:
    // One label that was renamed, deleted or restored.
    struct Label {
        struct Was {
            std::int64_t until = 0;  // sequence of the event that gave it the next title
            std::string title;
        };
        std::vector<Was> former;
        std::string title;
        bool is_deleted = false;
    };

    Renamed(std::string member, std::vector<Label> labels)
        : member_(std::move(member)), labels_(std::move(labels)) {}

    // The titles in an event's changes of this field, as the labels are called now; those that are
    // gone are left out.
    void bring_up_to_date(Json& changes, std::int64_t sequence) const;

private:
    Json titles_now(const Json& titles, std::int64_t sequence) const;
    const std::string member_;
    const std::vector<Label> labels_;
};

// `since` as the database writes times.
Task<Renamed> renamed_since(Ctx& ctx, const Field& field, std::string since);

}  // namespace ponte::records
