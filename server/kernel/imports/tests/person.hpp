// An entity of the tests: what imports do with a declaration must not depend on the business.
#pragma once

#include "kernel/entities/catalogue.hpp"

namespace ponte::imports::testing_person {

constexpr Field fields[] = {
    text("name").required().length(2, 60),
    phone("phone").expected(),
    email("email"),
    document("document"),
    choice("status", "prospect | active").starts_as("active"),
    choices("interests", "tv | phone | web"),
    money("credit").at_least(0),
    integer("children").between(0, 30),
    date("born_on"),
    boolean("vip"),
    long_text("remarks"),
    text("secret").read_only(),
};
constexpr Entity person{.name = "person",
                        .table = "persons",
                        .fields = fields,
                        .has_custom_fields = true,
                        .can_be_imported = true,
                        .match_table = "person_points",
                        .match_fields = "phone | email | document"};
static_assert(valid(person));

struct World {
    records::Catalogue catalogue;
    std::shared_ptr<records::TenantFacts> facts = std::make_shared<records::TenantFacts>();
    World() {
        catalogue.add(person);
        records::CustomField plan;
        plan.key = "plano";
        plan.name = "Plano contratado";
        plan.type = Type::choice;
        plan.options = {"Básico", "Fibra"};
        records::CustomField score;
        score.key = "score";
        score.name = "Nota";
        score.type = Type::number;
        facts->custom_fields["person"] = {plan, score};
    }
    const records::Kind& kind() const { return catalogue.get("person"); }
};

}  // namespace ponte::imports::testing_person
