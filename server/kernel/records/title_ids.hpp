// Which record each title in a field of labels means. Titles that nobody has used yet become
// records of the field's target, for those who may make one.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"

namespace ponte::records {

bool may_make_titles(const Ctx& ctx, const Kind& target);

// Looks each title up once, for as long as it lives.
class TitleIds {
public:
    // All that these changes name, before they are written; what is new is made. Throws 422 on the
    // field: `too_long`, or `new_label` for those who may make none.
    Task<> settle(Ctx& ctx, const Changes& changes);

    Task<> find(Ctx& ctx, const Kind& target, std::vector<std::string> titles);
    bool is_known(std::string_view entity, const std::string& title) const;
    // The array literal of a field's titles: "{}" when there are none.
    std::string literal(const Field& field, const Json& titles) const;
    // After a rollback: what was made is gone.
    void forget_made();

private:
    struct Known {
        Id id;            // nil: nobody has used it yet
        std::string key;  // alike titles have the same
        bool is_made = false;
    };
    using Titles = std::unordered_map<std::string, Known>;

    Task<> settle_field(Ctx& ctx, const Changes& changes, const Field& field);
    Task<> make(Ctx& ctx, const Kind& target, std::vector<std::string> titles);

    std::unordered_map<std::string, Titles> known_;  // by entity
};

// The first of them that no record has; nothing when all are known.
Task<std::optional<std::string>> unknown_title(Ctx& ctx, const Kind& target,
                                               std::vector<std::string> titles);

}  // namespace ponte::records
