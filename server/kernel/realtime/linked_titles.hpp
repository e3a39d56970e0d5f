// What the links of events are called, looked up before the events go out. A socket gets the titles
// when its person reads every record of what they name; anybody else gets the ids alone and asks.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/entities/catalogue.hpp"

namespace ponte::realtime {

// What linked_sql has found of each record.
using LinkedTitles = std::unordered_map<Id, std::string>;

// The links among `changes`; null in nothing that a screen shows.
std::vector<const records::Link*> links_in(const records::Kind& kind, const Json& changes);

// Beside each id what it points to; without titles where `titles` knows none.
void add_linked(Json& values, const std::vector<const records::Link*>& links,
                const LinkedTitles& titles);

// Everything that somebody must read whole to be given the titles.
std::vector<std::string_view> resources_of(Services& services,
                                           const std::vector<const records::Link*>& links);

// The titles of a company's records; what fails leaves them without.
Task<LinkedTitles> read_titles(Services& services, Loop& loop, Id tenant,
                               std::vector<std::pair<const records::Kind*, Id>> wanted);

}  // namespace ponte::realtime
