// Processor time of this process and of another with its children, from /proc.
//
// Failure: a process that is not there has used none.
#pragma once

namespace bench::peers {

double own_processor_seconds();
double processor_seconds(int process);

}  // namespace bench::peers
