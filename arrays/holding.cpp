// SPDX-License-Identifier: Apache-2.0
#include "arrays/holding.h"

#include "common/index.h"
#include "common/input_error.h"
#include "devices/retention.h"

namespace dwmtj {

Holding::Holding(const DeviceModel& model, Time time, Temperature temperature)
    : sites_(model.sites()) {
  if (in_si(time) < 0) throw InputError("a wait of less than 0 s");
  if (in_si(temperature) <= 0) throw InputError("a wait at no temperature: expected more than 0 K");
  const auto& variation = model.variation();
  for (int grade = 0; grade < variation.grades(); ++grade) {
    const auto parameters = variation.of_grade(model.parameters(), grade);
    auto chances = resting_chances(SwitchingLaw(parameters, temperature), time, 0.0 * si::amperes,
                                   parameters.pinning.compensation_field);
    sum_up_rows(chances, sites_);
    below_.push_back(std::move(chances));
  }
}

int Holding::end_site(int grade, int from, const Draw& drawn) const {
  return drawn_end(below_[index(grade)], sites_, from, drawn.words[0]);
}

}  // namespace dwmtj
