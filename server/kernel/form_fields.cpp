#include "kernel/form_fields.hpp"

#include "kernel/entities/meta.hpp"

namespace ponte {

Json form_fields(const Ctx& ctx, std::string_view words, std::span<const Field> fields) {
    Entity entity;
    entity.name = words;
    entity.fields = fields;
    records::Kind kind;
    kind.entity = &entity;
    for (const Field& field : fields) {
        kind.columns.push_back({&field, camel_case(field.name), field.type, {}});
    }
    Json out = Json::array();
    for (const Field& field : fields) {
        out.push(records::field_meta(ctx, kind, field));
    }
    return out;
}

}  // namespace ponte
