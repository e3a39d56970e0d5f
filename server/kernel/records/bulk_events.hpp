// One quiet event for each record of a batch, in one statement: history and undo read them; nobody
// is told of each, since the batch is told as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/records/array_text.hpp"

namespace ponte::records {

class BulkEvents {
public:
    BulkEvents(const Kind& kind, std::string_view past) : kind_(kind), past_(past) {}
    void add(const Id& id, std::int64_t version, const std::optional<Id>& owner,
             const Json& changes);
    void queue(Ctx& ctx) &&;  // nothing when nothing was added

private:
    const Kind& kind_;
    const std::string_view past_;
    ArrayText ids_, versions_, owners_, changes_;
    bool is_empty_ = true;
};

}  // namespace ponte::records
