// Made by `npm run generate` from spec/messages.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};

export const validateNewMessage = validate21;


const pattern0 = new RegExp("^[A-Za-z][A-Za-z0-9._-]{0,127}$", "u");

function validate22(data, instancePath=""){
/*# sourceURL="MessageType" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[A-Za-z][A-Za-z0-9._-]{0,127}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate22.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="NewMessage" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.messageType === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "messageType"}));
}
if(data.message === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "message"}));
}
for(const key0 in data){
if(!((key0 === "messageType") || (key0 === "message"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.messageType !== undefined){
if(!(validate22(data.messageType, instancePath+"/messageType"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.message !== undefined){
let data1 = data.message;
if(!(isObject(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/message", "type", {type: "object"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z][A-Za-z0-9._-]{0,127}$": "must be 1 to 128 letters, digits or . _ - and begin with a letter"
};
