// What a request may carry beside its body: parts of the path, query parameters, headers.
#pragma once

#include "kernel/openapi/naming.hpp"

namespace ponte::openapi {

// Components that many operations share.
Json shared_parameters(Language language);
Json parameters_of(const Declared& declared, const Route& route, Language language);

// Whether a route answers a list of an entity's records, with everything that lists can do.
bool is_entity_list(const Route& route, const Shape& shape);
// Names of the fields that a list of this kind can be sorted by or that its filters may name.
std::vector<std::string> sortable_names(const records::Kind& kind);
std::vector<std::string> filterable_names(const records::Kind& kind);
bool is_searchable(const Entity& entity);

}  // namespace ponte::openapi
