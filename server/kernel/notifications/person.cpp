#include "kernel/notifications/person.hpp"

#include "kernel/people.hpp"
#include "kernel/rights.hpp"
#include "kernel/services.hpp"

namespace ponte::notifications {
namespace {

struct PersonRow {
    Id id;
    std::string name, email, language;
    Json permissions;
};
FIELDS(PersonRow, id, name, email, language, permissions);

}  // namespace

Task<std::vector<Person>> reachable(Ctx& ctx, std::optional<std::vector<Id>> ids) {
    const db::Param wanted = ids ? db::Param(*ids) : db::Param();
    const auto rows = co_await ctx.tx.all<PersonRow>(ctx.services.people().reachable, wanted);
    std::vector<Person> people;
    for (const PersonRow& row : rows) {
        people.push_back({row.id, row.name, row.email,
                          row.language.empty() ? ctx.language : parse_language(row.language),
                          ctx.services.rights().of(row.permissions)});
    }
    co_return people;
}

}  // namespace ponte::notifications
