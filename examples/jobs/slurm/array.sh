#!/bin/sh
#SBATCH --job-name=integrate
#SBATCH --array=0-7
#SBATCH --time=00:10:00
# Integrates one eighth of a quarter of the unit circle's area.
set -eu
awk -v part="$SLURM_ARRAY_TASK_ID" -v parts="$SLURM_ARRAY_TASK_COUNT" 'BEGIN {
    steps = 10000
    for (i = 0; i < steps; i++) { x = (part + (i + 0.5) / steps) / parts; sum += sqrt(1 - x * x) }
    printf "%.9f\n", sum / steps / parts
}'
