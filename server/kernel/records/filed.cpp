#include "kernel/records/filed.hpp"

#include <algorithm>

#include "kernel/entities/catalogue.hpp"
#include "kernel/files/taking.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

constexpr std::string_view custom_prefix = "customFields.";

using files::Taking;

struct Moves {
    std::vector<Taking> taken;
    std::vector<Id> left;
};

void note(Moves& moves, const Change& change, Taking taking) {
    const Json* difference = change.difference.find(taking.shown);
    if (!difference) {
        return;
    }
    if (const auto file = Id::parse((*difference)["to"].as_string())) {
        taking.file = *file;
        taking.record = change.id;
        moves.taken.push_back(std::move(taking));
    }
    if (const auto file = Id::parse((*difference)["from"].as_string())) {
        moves.left.push_back(*file);
    }
}

// Which names a company has given to files.
Task<std::vector<std::string>> custom_names(Ctx& ctx, const Changes& changes) {
    std::vector<std::string> names;
    const Entity& entity = *changes.kind->entity;
    const bool may_have =
        entity.has_custom_fields && std::ranges::any_of(changes.records, [](const Change& change) {
            return change.values.find(custom_column) != nullptr;
        });
    if (may_have) {
        const auto facts = co_await ctx.services.entities().facts(ctx);
        for (const CustomField& custom : facts->of(entity.name)) {
            if (is_file(custom.type)) {
                names.push_back(std::string(custom_prefix) + custom.key);
            }
        }
    }
    co_return names;
}

Task<Moves> moves_in(Ctx& ctx, const Changes& changes) {
    Moves moves;
    for (const Field& field : changes.kind->entity->fields) {
        for (const Change& change : changes.records) {
            if (is_file(field.type)) {
                const std::string name(field.name);
                note(moves, change, {{}, {}, name, camel_case(name), &field});
            }
        }
    }
    const std::vector<std::string> names = co_await custom_names(ctx, changes);
    for (const std::string& name : names) {
        for (const Change& change : changes.records) {
            note(moves, change, {{}, {}, name, name, nullptr});
        }
    }
    co_return moves;
}

}  // namespace

Task<> take_files(Ctx& ctx, const Changes& changes) {
    if (changes.verb != Verb::create && changes.verb != Verb::update) {
        co_return;
    }
    Moves moves = co_await moves_in(ctx, changes);
    const Entity& entity = *changes.kind->entity;
    co_await files::take(ctx, entity.name, moves.taken);
    if (entity.history != History::full) {  // nothing can bring the former value back
        files::let_go(ctx, entity.name, std::move(moves.left));
    }
}

}  // namespace ponte::records
