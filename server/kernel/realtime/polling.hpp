// Engine.IO over ordinary requests. A poll may come in on any loop; it is answered by the loop on
// which its session lives.
#pragma once

#include "kernel/realtime/connection.hpp"

namespace ponte::realtime {

Task<http::Response> answer_polling(std::shared_ptr<Core> core, Loop& loop,
                                    const http::Request& request);
// What is wrong with the query of a request, as the reference server numbers it; none when nothing.
std::optional<int> engine_problem(const http::Request& request, bool is_upgrade, const Core& core);
std::string_view engine_problem_text(int code);

}  // namespace ponte::realtime
