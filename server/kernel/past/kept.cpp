#include "kernel/past/kept.hpp"

namespace ponte::records {

Error past_not_kept() { return conflict("history.not_kept"); }

void require_past(const Kind& kind, History least) {
    if (kind.entity->history > least) {
        throw past_not_kept();
    }
}

}  // namespace ponte::records
