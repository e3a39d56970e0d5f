// A file that belongs to a contact: a contract, a certificate, a photo of the shop.
#pragma once

#include "kernel/entity.hpp"

namespace ponte::customers {

extern const Entity document_entity;

}  // namespace ponte::customers
