// What somebody sends about an import: a file or the name of one, and how it is to be read.
#pragma once

#include <string>
#include <string_view>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/inspection.hpp"
#include "kernel/imports/upload.hpp"

namespace ponte::imports {

// Values of a multipart form, or of a JSON body when an upload is named by its id.
class Form {
public:
    explicit Form(const http::Request& request);

    std::string text(std::string_view name) const;
    Json json(std::string_view name) const;

private:
    const http::Request& request_;
    Json body_;
};

// The entity that is asked for, by somebody who may import it. Throws 403 and 422.
const records::Kind& kind_of(Ctx& ctx, const Form& form);

// The file that is sent or named, read as the form says. Throws 404 and 422.
Task<Upload> upload_of(Ctx& ctx, const http::Request& request, const Form& form,
                       const records::Kind& kind, const records::TenantFacts& facts);

}  // namespace ponte::imports
