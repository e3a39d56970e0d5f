// The entity behind a company's own fields: a record here is a field there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/entity.hpp"

namespace ponte {
class Ctx;
}

namespace ponte::records {

extern const Entity custom_field_entity;

// The company's row is the queue in which two who make or order fields at once stand.
void stand_in_queue(Ctx& ctx);

// "Data de instalação" → "data_de_instalacao"; numbered when it is taken already.
std::string key_from_name(std::string_view name, const std::vector<std::string>& taken);

// Options as they are kept: trimmed, each once; tells what is wrong with them.
Json checked_options(const Json& given, Type type, Problems& problems);

}  // namespace ponte::records
