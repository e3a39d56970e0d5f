// The ids of other records, of people, and of files.
#include "kernel/values/types/types.hpp"

namespace ponte::values {
namespace {

Canonical id_of(const Typed& typed, const Locale&) {
    const auto id = Id::parse(typed.text);
    return id ? Canonical{Json(*id), {}} : wrong("format");
}

}  // namespace

constinit const FieldType link_type{
    .type = Type::link,
    .name = "link",
    .of_typed = id_of,
    .sql = "uuid",
    .points = Points::to_one,
    .compared = Compared::as_one,
    .searched = Searched::what_it_points_to,
    .format = "uuid",
    .may_be_custom = true,
};

constinit const FieldType user_type{
    .type = Type::user,
    .name = "user",
    .of_typed = id_of,
    .sql = "uuid",
    .points = Points::to_one,
    .target = "user",
    .compared = Compared::as_one,
    .searched = Searched::what_it_points_to,
    .format = "uuid",
    .may_be_custom = true,
};

constinit const FieldType file_type{
    .type = Type::file,
    .name = "file",
    .of_typed = id_of,
    .sql = "uuid",
    .points = Points::to_file,
    .target = "file",
    .compared = Compared::by_presence,
    .format = "uuid",
    .may_be_custom = true,
};

}  // namespace ponte::values
