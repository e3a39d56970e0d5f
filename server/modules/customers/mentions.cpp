#include "modules/customers/mentions.hpp"

#include <algorithm>

#include "kernel/people.hpp"

namespace ponte::customers {
namespace {

constexpr std::size_t most_mentions = 20, longest_name = 400;

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

struct Named {
    Id id;
    std::string name;  // folded
};
FIELDS(Named, id, name);

// What stands behind each @ that begins a word: "ana@exemplo.com" names nobody.
std::vector<std::string> named_in(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = text.find('@'); at != text.npos && found.size() < most_mentions;
         at = text.find('@', at + 1)) {
        if (at == 0 || !is_word(text[at - 1])) {
            found.push_back(folded(text.substr(at + 1, longest_name)));
        }
    }
    return found;
}

// The longest name that it begins with, of whoever is called so.
void add_named(const std::string& text, const std::vector<Named>& people, std::vector<Id>& out) {
    std::size_t longest = 1;
    std::vector<Id> called;
    for (const Named& person : people) {
        const std::size_t length = person.name.size();
        const bool is_whole =
            text.size() == length || (text.size() > length && !is_word(text[length]));
        if (length < longest || !text.starts_with(person.name) || !is_whole) {
            continue;
        }
        if (length > longest) {
            called.clear();
        }
        longest = length;
        called.push_back(person.id);
    }
    for (const Id& id : called) {
        if (std::ranges::find(out, id) == out.end()) {
            out.push_back(id);
        }
    }
}

Task<std::vector<Named>> everybody(Ctx& ctx) {
    auto people = co_await ctx.tx.all<Named>(ctx.services.people().reachable, db::Param());
    for (Named& person : people) {
        person.name = folded(person.name);
    }
    co_return people;
}

std::vector<Id> ids_in(const Json& list) {
    std::vector<Id> ids;
    for (const Json& one : list.items()) {
        if (const auto id = Id::parse(one.as_string())) {
            ids.push_back(*id);
        }
    }
    return ids;
}

}  // namespace

Task<> find_mentions(Ctx& ctx, Changes& changes) {
    std::vector<Named> people;
    for (Change& change : changes.records) {
        const Json* body = change.values.find("body");
        if (!body || !body->is_string()) {
            continue;
        }
        const std::vector<std::string> texts = named_in(body->as_string());
        if (!texts.empty() && people.empty()) {
            people = co_await everybody(ctx);
        }
        std::vector<Id> ids;
        for (const std::string& text : texts) {
            add_named(text, people, ids);
        }
        Json mentions = Json::array();
        for (const Id& id : ids) {
            mentions.push(id);
        }
        change.values.set("mentions", std::move(mentions));
    }
}

std::vector<Id> newly_mentioned(const Services&, const Event& event) {
    const std::vector<Id> before = ids_in(event.changes["mentions"]["from"]);
    std::vector<Id> fresh = ids_in(event.changes["mentions"]["to"]);
    std::erase_if(fresh,
                  [&](const Id& id) { return std::ranges::find(before, id) != before.end(); });
    return fresh;
}

}  // namespace ponte::customers
