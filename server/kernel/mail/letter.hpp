// What a mail looks like: the same words as plain text and as a page that every reader shows.
#pragma once

#include <string>

#include "kernel/mail.hpp"

namespace ponte::mail {

std::string text_of(const Mail& mail);
std::string html_of(const Mail& mail);

}  // namespace ponte::mail
