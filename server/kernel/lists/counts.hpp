// GET /<entities>/counts?by=status: how many records there are of each option of a choice, as far
// as the reader reaches, narrowed by the same filter and search as a list.
#pragma once

#include <span>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"

namespace ponte::records {

extern const std::span<const Field> counts_query;

// Whether a kind has anything to be counted by.
bool has_counts(const Entity& entity);

Task<http::Response> counts(Ctx& ctx, const Kind& kind);

}  // namespace ponte::records
