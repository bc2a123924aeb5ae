"use client";

import { useState } from "react";
import { Part, Ways, Whole, type FieldsProps } from "./fields";
import { TextField } from "@/components/ui/field";
import { fill } from "@/lib/i18n";

const SECOND_FACTORS = ["required", "optional"] as const;

/** What one person alone may do, and how sure the shop is that it is them. */
export function ControlFields(props: FieldsProps) {
  const { policy, words: { control: words }, errors } = props;
  return (
    <>
      <Part id="approval" title={words.approval}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="adjustmentApprovalPoints" label={words.adjustmentApprovalPoints} hint={words.adjustmentApprovalPointsHint} unit="points" />
        </div>
      </Part>
      <Part id="secondFactor" title={words.secondFactor}>
        <Ways
          name="secondFactor" legend={words.secondFactorHint} values={SECOND_FACTORS} value={policy.secondFactor} titles={words.secondFactors} means={words.secondFactorMeans}
          error={errors.secondFactor}
        />
      </Part>
      <Part id="staffSessions" title={words.staffSessions}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Whole {...props} name="staffIdleMinutes" label={words.staffIdleMinutes} hint={words.staffIdleMinutesHint} unit="minutes" />
          <Whole {...props} name="staffSessionHours" label={words.staffSessionHours} hint={words.staffSessionHoursHint} unit="hours" />
        </div>
      </Part>
    </>
  );
}

type NameField = "pointsName" | "pointsNameEn" | "pointsNameEnPlural";

/** What a point is called: in Chinese, and in English for one and for several. */
export function PointsNameFields({ policy, words: { pointsName: words }, errors }: FieldsProps) {
  const [typed, setTyped] = useState({ pointsName: policy.pointsName, pointsNameEn: policy.pointsNameEn, pointsNameEnPlural: policy.pointsNameEnPlural });
  const field = (name: NameField) => (
    <TextField
      id={name} name={name} shape="dense" label={words[name]} hint={words[`${name}Hint`]} defaultValue={policy[name]} maxLength={20} required error={errors[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <Part id="pointsName" title={words.title}>
      <p className="text-caption text-pretty text-muted">{words.lead}</p>
      <div className="grid items-start gap-4 sm:grid-cols-3">{field("pointsName")}{field("pointsNameEn")}{field("pointsNameEnPlural")}</div>
      <section aria-label={words.example} className="grid gap-1 rounded-control bg-sunken px-3.5 py-3 text-dense">
        <p lang="zh-CN">{fill(words.inChinese, { name: typed.pointsName.trim() })}</p>
        <p lang="en">{fill(words.inEnglish, { one: typed.pointsNameEn.trim(), many: typed.pointsNameEnPlural.trim() })}</p>
      </section>
    </Part>
  );
}
