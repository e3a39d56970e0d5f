// What tests of sales begin with: given.proposal(contact).of(item("Mesa", 100, 2)).saved().
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::sales {

struct ProductBuilder : testing::Builder<ProductBuilder> {
    explicit ProductBuilder(testing::Api& api) : Builder(api, "/api/v1/products") {
        with("name", testing::unique_name("Mesa")).with("unitPrice", 100);
    }
    ProductBuilder& named(std::string name) { return with("name", std::move(name)); }
};

inline Json item(std::string description, double unit_price, double quantity = 1) {
    return Json::object({{"description", std::move(description)},
                         {"unitPrice", unit_price},
                         {"quantity", quantity}});
}

struct ProposalBuilder : testing::Builder<ProposalBuilder> {
    ProposalBuilder(testing::Api& api, const std::string& contact)
        : Builder(api, "/api/v1/proposals") {
        with("contactId", contact).with("title", "Mobília da loja");
    }
    ProposalBuilder& titled(std::string title) { return with("title", std::move(title)); }
    ProposalBuilder& owned_by(std::string user) { return with("assignedTo", std::move(user)); }
    ProposalBuilder& of(Json::Array items) { return with("items", Json(std::move(items))); }
};

inline Json stage(std::string name, double probability, std::string outcome = "open") {
    return Json::object(
        {{"name", std::move(name)}, {"probability", probability}, {"outcome", std::move(outcome)}});
}

struct OpportunityBuilder : testing::Builder<OpportunityBuilder> {
    OpportunityBuilder(testing::Api& api, const std::string& contact)
        : Builder(api, "/api/v1/opportunities") {
        with("contactId", contact).with("title", "Plano Enterprise").with("value", 1000);
    }
    OpportunityBuilder& titled(std::string title) { return with("title", std::move(title)); }
    OpportunityBuilder& worth(double value) { return with("value", value); }
    OpportunityBuilder& in(std::string stage) { return with("stageId", std::move(stage)); }
    OpportunityBuilder& owned_by(std::string user) { return with("assignedTo", std::move(user)); }
};

struct LeadBuilder : testing::Builder<LeadBuilder> {
    explicit LeadBuilder(testing::Api& api) : Builder(api, "/api/v1/leads") {
        with("name", "Rita Campos").with("phone", testing::unique_phone());
    }
};

class SalesTest : public testing::ApiTest {
protected:
    testing::Saved contact(const std::string& name = "Padaria Aurora") {
        return testing::save(api, "/api/v1/contacts",
                             Json::object({{"name", name}, {"phone", testing::unique_phone()}}));
    }
    ProposalBuilder proposal(const testing::Saved& whose) { return {api, whose.id}; }
    testing::Saved proposal() { return proposal(contact()).of({item("Mesa", 100)}).saved(); }
    ProductBuilder product() { return ProductBuilder(api); }
    OpportunityBuilder opportunity(const testing::Saved& whose) { return {api, whose.id}; }
    LeadBuilder lead() { return LeadBuilder(api); }
    testing::Saved opportunity() { return opportunity(contact()).saved(); }
};

}  // namespace ponte::sales
