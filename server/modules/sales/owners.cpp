#include "modules/sales/owners.hpp"

namespace ponte::sales {

void name_owners(Changes& changes) {
    for (Change& change : changes.records) {
        const Json* owner = change.values.find("assigned_to");
        if (changes.verb == Verb::create && changes.actor && (!owner || owner->is_null())) {
            change.values.set("assigned_to", *changes.actor);
        }
    }
}

}  // namespace ponte::sales
