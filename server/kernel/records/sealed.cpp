#include "kernel/records/sealed.hpp"

#include <stdexcept>

#include "kernel/auth.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/services.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte::records {
namespace {

bool is_sealed(const Field& field) { return field_type(field.type).is_sealed; }

std::string written(const Ctx& ctx, const SecretPlace& place) {
    return ctx.who.tenant.text() + "/" + std::string(place.entity) + "/" + place.id.text() + "/" +
           std::string(place.field) + "\n";
}

struct SealedRow {
    std::optional<std::string> sealed;
};
FIELDS(SealedRow, sealed);

}  // namespace

void seal_secrets(const Ctx& ctx, Changes& changes) {
    const Entity& entity = *changes.kind->entity;
    for (const Field& field : entity.fields) {
        if (!is_sealed(field)) {
            continue;
        }
        for (Change& change : changes.records) {
            const auto clear = change.values.text(field.name);
            if (clear) {
                const SecretPlace place{entity.name, change.id, field.name};
                change.values.set(field.name, sealed(ctx, place, *clear));
            }
        }
    }
}

bool is_left_alone(const Field& field, const Json& given) {
    return is_sealed(field) && given.is_object() && given["set"].as_bool();
}

std::string sealed(const Ctx& ctx, const SecretPlace& place, std::string_view clear) {
    return auth::seal(written(ctx, place).append(clear), ctx.services.keys.seal_key);
}

std::string opened(const Ctx& ctx, const SecretPlace& place, std::string_view text) {
    auto clear = auth::unseal(text, ctx.services.keys.seal_key);
    const std::string ours = written(ctx, place);
    if (!clear || !clear->starts_with(ours)) {
        throw conflict("secret.unreadable");
    }
    return clear->substr(ours.size());
}

}  // namespace ponte::records

namespace ponte {

Task<std::optional<std::string>> reveal(Ctx& ctx, SecretPlace place) {
    const records::Kind& kind = ctx.services.entities().get(place.entity);
    const Field* field = kind.field(place.field);
    if (!field || !field_type(field->type).is_sealed) {
        throw std::logic_error("no secret: " + std::string(place.field));
    }
    const auto row = co_await ctx.tx.maybe<records::SealedRow>(
        "select " + std::string(field->name) + " as sealed from " +
            std::string(kind.entity->table) + " where tenant_id = current_tenant() and id = $1",
        place.id);
    if (!row) {
        throw not_found(kind.entity->name);
    }
    if (!row->sealed) {
        co_return std::nullopt;
    }
    co_return records::opened(ctx, place, *row->sealed);
}

}  // namespace ponte
